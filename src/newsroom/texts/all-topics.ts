import { ACHIEVEMENT } from './achievement.ts';
import { EPIDEMIC } from './epidemic.ts';
import { FOOD_SAFETY } from './food-safety.ts';
import { GRASSROOTS } from './grassroots.ts';
import { INCIDENTS } from './incidents.ts';
import { INSURANCE } from './insurance.ts';
import { KNOWLEDGE } from './knowledge.ts';
import { MEDICINES } from './medicines.ts';
import { POLICY } from './policy.ts';
import { POPULATION } from './population.ts';
import type { TopicTexts } from './topic-texts.ts';
import { TREATMENT } from './treatment.ts';

/** The eleven topics that the sector's press work covers. */
export const ALL_TOPICS: readonly TopicTexts[] = [
  POLICY,
  ACHIEVEMENT,
  EPIDEMIC,
  TREATMENT,
  FOOD_SAFETY,
  POPULATION,
  MEDICINES,
  GRASSROOTS,
  INSURANCE,
  KNOWLEDGE,
  INCIDENTS,
];
