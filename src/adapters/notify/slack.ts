import type { HttpChannelForm } from './http-channel.ts';

/** Slack cuts longer texts off. */
const MAX_TEXT = 3000;

/**
 * Messages to a Slack channel by an incoming webhook.
 *
 * @param url  of the webhook; holds its secret
 * @see https://docs.slack.dev/messaging/formatting-message-text, for the three characters that must be escaped
 */
export function slack({ url }: { url: string }): HttpChannelForm {
  return {
    name: 'slack',
    post: ({ subject, text, url: incidentUrl }) => ({
      url,
      body: JSON.stringify({
        text: escapeText(subject),
        blocks: [
          { type: 'section', text: { type: 'plain_text', text: subject.slice(0, MAX_TEXT), emoji: false } },
          { type: 'section', text: { type: 'plain_text', text: text.slice(0, MAX_TEXT), emoji: false } },
          {
            type: 'actions',
            elements: [
              { type: 'button', text: { type: 'plain_text', text: 'Xem / read' }, url: incidentUrl },
            ],
          },
        ],
      }),
    }),
    receipt: () => ({}),
  };
}

/** A headline must not call everybody in the room: `<!channel>` is an address there. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
