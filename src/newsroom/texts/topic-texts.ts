import type { Polarity } from '../../domain/analysis.ts';

/** One angle on a topic: headline, sapo and the sentences that must stand in the body, as `phrase` templates. */
export interface Frame {
  readonly polarity: Polarity;
  readonly title: string;
  readonly summary: string;
  readonly body: readonly string[];
}

/** Everything the newsroom can say about one topic. */
export interface TopicTexts {
  /** One of the topics that the sector's press work covers. */
  readonly topic: string;
  readonly section: string;
  /** Which common sentences may stand beside the topic's own: of something that happened, or of advice. */
  readonly surroundings: 'events' | 'advice';
  readonly frames: readonly Frame[];
  /** Sentences that fit any frame of the topic; neutral in tone. */
  readonly details: readonly string[];
}
