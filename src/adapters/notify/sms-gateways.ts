/** A JSON value whose texts may hold placeholders. */
export type Template =
  | string
  | number
  | boolean
  | null
  | readonly Template[]
  | { readonly [key: string]: Template };

/** How an SMS gateway wants to be asked, and how it says yes. */
export interface SmsGateway {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** `json` or `form` for the body; GET puts the fields into the address. */
  readonly format: 'json' | 'form';
  /**
   * What is sent. Placeholders: `{to}` (84901…), `{toLocal}` (0901…), `{text}`, `{id}` (equal for a repeat), `{key}`,
   * `{secret}`, `{sender}`, `{basic}` (base64 of `key:secret`).
   */
  readonly fields: Template;
  readonly headers: Readonly<Record<string, string>>;
  /** Where the answer says how it went, and with which values it has been taken; absent: any 2xx is a yes. */
  readonly taken?: SmsVerdict | undefined;
  /** The same for what is worth another try; every other value is a refusal for good. */
  readonly retry?: SmsVerdict | undefined;
  /** Where the answer names the message. */
  readonly reference?: string | undefined;
}

interface SmsVerdict {
  /** Such as `data.code`. */
  readonly path: string;
  readonly values: readonly string[];
}

export const SMS_PRESETS = ['esms', 'speedsms'] as const;

/**
 * What public documentation says of gateways in Vietnam.
 *
 * @see https://developers.esms.vn/esms-api/ham-gui-tin/tin-nhan-sms-otp-cskh (customer care; 124: the id was sent before)
 * @see https://speedsms.vn/sms-api-service/ (the access token is the user of HTTP Basic; 500: try again)
 */
export const SMS_GATEWAYS: Readonly<Record<(typeof SMS_PRESETS)[number], SmsGateway>> = {
  esms: {
    url: 'https://rest.esms.vn/MainService.svc/json/SendMultipleMessage_V4_post_json/',
    method: 'POST',
    format: 'json',
    fields: {
      ApiKey: '{key}',
      SecretKey: '{secret}',
      Brandname: '{sender}',
      Phone: '{toLocal}',
      Content: '{text}',
      SmsType: '2',
      IsUnicode: '0',
      RequestId: '{id}',
    },
    headers: {},
    taken: { path: 'CodeResult', values: ['100', '124'] },
    reference: 'SMSID',
  },
  speedsms: {
    url: 'https://api.speedsms.vn/index.php/sms/send',
    method: 'POST',
    format: 'json',
    fields: { to: ['{to}'], content: '{text}', sms_type: 3, sender: '{sender}' },
    headers: { authorization: 'Basic {basic}' },
    taken: { path: 'code', values: ['00'] },
    retry: { path: 'code', values: ['500'] },
    reference: 'data.tranId',
  },
};
