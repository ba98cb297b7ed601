import type { NotificationMessage } from '../../domain/notification.ts';
import type { Channel, Delivery, Receipt } from '../../ports/channel.ts';
import type { HttpOptions } from './message-http.ts';
import { MessageHttp, secretsOfUrl } from './message-http.ts';
import { linksOf } from './message-links.ts';

export interface SlackOptions extends HttpOptions {
  /** An incoming webhook; whoever knows it may post. */
  readonly webhookUrl: string;
}

/**
 * Posts each message to the channel of a Slack incoming webhook; an officer's address there is their member id, by which
 * they are mentioned.
 *
 * What is said goes into `rich_text` blocks, where text is text: no `<!channel>` and no markup of a headline counts.
 *
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 * @see https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export class SlackChannel implements Channel {
  readonly name = 'slack';
  readonly #url: string;
  readonly #http: MessageHttp;

  constructor(options: SlackOptions) {
    this.#url = options.webhookUrl;
    this.#http = new MessageHttp(this.name, secretsOfUrl(options.webhookUrl), options);
  }

  async deliver(message: NotificationMessage, { to }: Delivery, signal: AbortSignal): Promise<Receipt> {
    if (to !== undefined && !/^[UW][A-Z0-9]{4,20}$/.test(to)) {
      throw this.#http.refusal(
        'bad-address',
        `${JSON.stringify(to.slice(0, 40))} is no member id such as U012AB3CD`,
      );
    }
    this.#http.refuseUnlessTaken(await this.#http.sendJson(this.#url, slackMessage(message, to), signal));
    return {};
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}

function slackMessage(message: NotificationMessage, memberId: string | undefined): object {
  const mention =
    memberId === undefined
      ? []
      : [
          { type: 'user', user_id: memberId },
          { type: 'text', text: ' ' },
        ];
  const headline = section([...mention, { type: 'text', text: message.subject, style: { bold: true } }]);
  const body =
    message.brief.length === 0 ? [] : [section([{ type: 'text', text: message.brief.join('\n') }])];
  const links = linksOf(message).flatMap(({ label, url }, index) => [
    ...(index === 0 ? [] : [{ type: 'text', text: ' · ' }]),
    { type: 'link', url, text: label },
  ]);
  return {
    // What a phone shows: read as markup, so its three characters of markup are escaped.
    text: `${memberId === undefined ? '' : `<@${memberId}> `}${escapeSlack(message.subject)}`,
    blocks: [{ type: 'rich_text', elements: [headline, ...body, section(links)] }],
    unfurl_links: false,
    unfurl_media: false,
  };
}

function section(elements: readonly object[]): object {
  return { type: 'rich_text_section', elements };
}

/** @see https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escapeSlack(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  // Words are not to become bold, struck or code either; a word joiner is seen by the parser alone.
  return escaped.replace(/[*_~`]/g, '\u2060$&\u2060');
}
