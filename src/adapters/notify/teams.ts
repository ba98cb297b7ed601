import type { HttpChannelForm } from './http-channel.ts';

/** Teams takes 28 kB for a message. */
const MAX_TEXT = 6000;

/**
 * Messages to a Microsoft Teams channel by the webhook of a workflow, as an Adaptive Card.
 *
 * @param url  of the workflow's webhook; holds its signature
 * @see https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
 */
export function teams({ url }: { url: string }): HttpChannelForm {
  return {
    name: 'teams',
    post: ({ subject, text, url: incidentUrl }) => ({
      url,
      body: JSON.stringify({
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: {
              $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
              type: 'AdaptiveCard',
              version: '1.4',
              body: [
                { ...paragraph(subject), weight: 'Bolder', size: 'Medium' },
                ...text.slice(0, MAX_TEXT).split('\n').map(paragraph),
              ],
              actions: [{ type: 'Action.OpenUrl', title: 'Xem / read', url: incidentUrl }],
            },
          },
        ],
      }),
    }),
    receipt: () => ({}),
  };
}

/** A text block reads some markdown: what could be markup is shown as it is. */
function paragraph(text: string) {
  return { type: 'TextBlock', wrap: true, text: text.replace(/[\\`*_[\]()#~>|]/g, '\\$&') };
}
