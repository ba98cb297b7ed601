import type { NotificationMessage } from '../../domain/notification.ts';
import type { Channel, Delivery, Receipt } from '../../ports/channel.ts';
import type { HttpOptions } from './message-http.ts';
import { MessageHttp, referenceOf, secretsOfUrl } from './message-http.ts';
import { linksOf } from './message-links.ts';

export interface TeamsOptions extends HttpOptions {
  /** Of a workflow "when a Teams webhook request is received"; its query holds the signature that allows posting. */
  readonly webhookUrl: string;
}

/**
 * Posts each message as an Adaptive Card to a Microsoft Teams workflow; an officer's address there is their sign-in name
 * (UPN), by which they are mentioned.
 *
 * What is said goes into text runs, which unlike text blocks read no Markdown.
 *
 * @see https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
 * @see https://adaptivecards.io/explorer/TextRun.html
 */
export class TeamsChannel implements Channel {
  readonly name = 'teams';
  readonly #url: string;
  readonly #http: MessageHttp;

  constructor(options: TeamsOptions) {
    this.#url = options.webhookUrl;
    this.#http = new MessageHttp(this.name, secretsOfUrl(options.webhookUrl), options);
  }

  async deliver(message: NotificationMessage, { to }: Delivery, signal: AbortSignal): Promise<Receipt> {
    if (to !== undefined && !/^[\w.+'-]{1,64}@[\w.-]{1,190}$/.test(to)) {
      throw this.#http.refusal('bad-address', `${JSON.stringify(to.slice(0, 40))} is no sign-in name`);
    }
    const answer = await this.#http.sendJson(this.#url, teamsMessage(message, to), signal);
    this.#http.refuseUnlessTaken(answer);
    return referenceOf(answer.headers['x-ms-workflow-run-id']);
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}

const COLOURS: Readonly<Record<string, string>> = {
  critical: 'attention',
  serious: 'warning',
  watch: 'accent',
};

function teamsMessage(message: NotificationMessage, upn: string | undefined): object {
  const mention = upn === undefined ? [] : [{ type: 'TextBlock', text: `<at>${upn}</at>`, wrap: true }];
  const entities =
    upn === undefined
      ? {}
      : { entities: [{ type: 'mention', text: `<at>${upn}</at>`, mentioned: { id: upn, name: upn } }] };
  return {
    type: 'message',
    // What a phone shows of a card.
    summary: message.subject,
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          fallbackText: message.subject,
          msteams: { width: 'Full', ...entities },
          body: [
            ...mention,
            paragraph(message.subject, { weight: 'bolder', color: COLOURS[message.severity] ?? 'default' }),
            ...message.brief.map((line) => paragraph(line)),
          ],
          actions: linksOf(message).map(({ label, url }) => ({ type: 'Action.OpenUrl', title: label, url })),
        },
      },
    ],
  };
}

function paragraph(text: string, style: object = {}): object {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, ...style }] };
}
