import type { OidcError } from '../oidc.ts';

/** What is said where signing in at the office's provider did not end well. */
export const oidcVi = {
  failed: 'Chưa đăng nhập được',
  why: {
    declined: 'Hệ thống tài khoản của cơ quan đã từ chối, hoặc bạn đã huỷ giữa chừng.',
    unsound:
      'Câu trả lời của hệ thống tài khoản không khớp với yêu cầu, có thể vì trang đăng nhập mở quá lâu. Hãy đăng nhập lại từ đầu.',
    away: 'Không hỏi được hệ thống tài khoản của cơ quan. Hãy thử lại sau ít phút; nếu vẫn vậy, hãy báo người quản trị.',
  } satisfies Record<OidcError['reason'], string> as Record<OidcError['reason'], string>,
};

export const oidcEn: typeof oidcVi = {
  failed: 'You have not been signed in',
  why: {
    declined: "Your office's account system refused, or you went back midway.",
    unsound:
      'What the account system answered does not belong to what was asked, perhaps because its page was open for too long. Please sign in anew.',
    away: "Your office's account system could not be asked. Try again in a few minutes, and tell your administrator if it stays so.",
  },
};
