import type { Polarity } from '../domain/analysis.ts';
import { phrase, type Slots } from './phrase.ts';
import type { Draft } from './published-article.ts';
import { type Random, randomFrom } from './random.ts';
import { ALL_TOPICS } from './texts/all-topics.ts';
import { SURROUNDINGS } from './texts/common-sentences.ts';
import { INVENTED_BEAUTY_SALONS, INVENTED_CLINICS } from './texts/invented-facilities.ts';
import { COMMUNE_FIRST, COMMUNE_SECOND, PLACES, type Place } from './texts/places.ts';
import type { Frame, TopicTexts } from './texts/topic-texts.ts';
import * as vocabulary from './texts/vocabulary.ts';
import { dayAndMonth } from './vietnamese-date.ts';

/** A topic and one of its frames: what an ordinary article is about. */
export interface Angle {
  readonly topic: TopicTexts;
  readonly frame: Frame;
}

const ALL_ANGLES: readonly Angle[] = ALL_TOPICS.flatMap((topic) =>
  topic.frames.map((frame) => ({ topic, frame })),
);

/** Every angle of one polarity; about half the frames are neutral, a third positive. */
export function anglesOf(polarity: Polarity): Angle[] {
  return ALL_ANGLES.filter(({ frame }) => frame.polarity === polarity);
}

/**
 * Writes an ordinary article: the frame's own sentences among details of the topic, quotations and context.
 *
 * @param name  seeds the article; equal names give equal texts
 * @param at    the date that the text speaks of
 * @param place where it happens; drawn when absent
 */
export function writeOrdinary(
  angle: Angle,
  { name, at, place }: { name: string; at: Date; place?: Place },
): Draft {
  const random = randomFrom(name);
  const slots = fillSlots(random, at, place ?? random.pick(PLACES));
  const fill = (template: string) => phrase(template, slots, random);
  const details = random.shuffle(angle.topic.details).slice(0, random.int(3, 4));
  const { quotes, context } = SURROUNDINGS[angle.topic.surroundings];
  const [opening = '', ...closing] = random.shuffle(context).slice(0, 3);
  const [first = '', ...others] = angle.frame.body;
  const middle = random.shuffle([...others, ...details, ...random.shuffle(quotes).slice(0, 2), opening]);
  const sentences = [first, ...middle, ...closing].map(fill);
  return {
    title: fill(angle.frame.title),
    summary: fill(angle.frame.summary),
    paragraphs: inParagraphs(sentences, random),
    author: random.pick(vocabulary.BYLINES),
    section: angle.topic.section,
  };
}

/** One or two sentences to a paragraph, as papers set them. */
function inParagraphs(sentences: readonly string[], random: Random): string[] {
  const paragraphs: string[] = [];
  for (let index = 0; index < sentences.length; ) {
    const length = random.int(1, 2);
    paragraphs.push(sentences.slice(index, index + length).join(' '));
    index += length;
  }
  return paragraphs;
}

function fillSlots(random: Random, at: Date, place: Place): Slots {
  const commune = () => `${random.pick(COMMUNE_FIRST)} ${random.pick(COMMUNE_SECOND)}`;
  const [here, there] = [commune(), commune()];
  const kind = place.isCity ? 'phường' : 'xã';
  return {
    'ten-tinh': place.name,
    tinh: withRank(place),
    xa: `${kind} ${here}`,
    'xa-khac': `${kind} ${there}`,
    // Cities have no general hospital of their own name; a regional one stands in.
    bv: place.isCity ? `Bệnh viện Đa khoa khu vực ${here}` : `Bệnh viện Đa khoa tỉnh ${place.name}`,
    ttyt: random.pick([`Trung tâm Y tế huyện ${here}`, `Trung tâm Y tế khu vực ${here}`]),
    tram: `Trạm Y tế ${kind} ${here}`,
    syt: `Sở Y tế ${place.name}`,
    cdc: random.pick([`CDC ${place.name}`, `Trung tâm Kiểm soát bệnh tật ${place.name}`]),
    'co-so': random.pick(INVENTED_CLINICS),
    'tham-my': random.pick(INVENTED_BEAUTY_SALONS),
    benh: random.pick(vocabulary.INFECTIOUS_DISEASES),
    'benh-muoi': random.pick(vocabulary.MOSQUITO_BORNE_DISEASES),
    thuoc: random.pick(vocabulary.MEDICINE_NAMES),
    'mon-an': random.pick(vocabulary.DISHES),
    'thuc-pham': random.pick(vocabulary.RAW_FOODS),
    ngay: dayAndMonth(at),
    'chuc-danh': random.pick([
      `lãnh đạo Sở Y tế ${place.name}`,
      'đại diện ban giám đốc',
      'người phụ trách chuyên môn',
      `đại diện Sở Y tế ${place.name}`,
      'lãnh đạo phòng nghiệp vụ',
    ]),
    'bac-si': `bác sĩ khoa ${random.pick(vocabulary.DEPARTMENTS)}`,
    'nguoi-benh': patient(random),
  };
}

/** `tỉnh Nghệ An`, `TP Cần Thơ`, `TP.HCM`. */
function withRank({ name, isCity }: Place): string {
  if (!isCity) return `tỉnh ${name}`;
  return name.startsWith('TP') ? name : `TP ${name}`;
}

function patient(random: Random): string {
  const isOld = random.next() < 0.3;
  const who = random.pick(
    isOld ? ['cụ ông', 'cụ bà'] : ['người đàn ông', 'nữ bệnh nhân', 'nam bệnh nhân', 'người phụ nữ'],
  );
  return `${who} ${isOld ? random.int(72, 91) : random.int(31, 68)} tuổi`;
}
