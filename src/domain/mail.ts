export interface MailAttachment {
  /** Name of the file, as the reader saves it. */
  readonly name: string;
  /** `application/pdf` and its like. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** One e-mail to all of its recipients. */
export interface Mail {
  /** Stable across retries: it becomes the Message-ID, by which a repeat is recognised. */
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same for readers whose program shows HTML. */
  readonly html?: string;
  readonly attachments: readonly MailAttachment[];
}

/**
 * Hands a mail to the server and resolves once it has taken it.
 *
 * @throws {RetryLaterError} if the server asked us to wait
 * @throws {PermanentError} `smtp-uncertain` if the line broke while the server was taking it: it may have it
 * @throws {PermanentError} if it refused the mail for good
 * @throws on anything else that may pass; then the server does not have it
 */
export type SendMail = (mail: Mail, signal: AbortSignal) => Promise<MailReceipt>;

export interface MailReceipt {
  /** Whom the server does not know, of those it was to go to. */
  readonly refused: readonly string[];
}
