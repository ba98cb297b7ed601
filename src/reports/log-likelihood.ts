/** How many articles there are, and how many of them have something. */
export interface Having {
  readonly having: number;
  readonly of: number;
}

/**
 * Dunning's log-likelihood ratio G² of a two by two table: how much less likely both counts are if the true share is the
 * same. Above 10.8 one in a thousand such differences is chance, where one alone is looked at.
 *
 * @returns 0 or more; 0 where a whole is none
 * @see Dunning 1993, "Accurate methods for the statistics of surprise and coincidence", Computational Linguistics 19(1)
 */
export function logLikelihood(one: Having, other: Having): number {
  const having = one.having + other.having;
  const all = one.of + other.of;
  const part = (count: number, whole: number, total: number) =>
    count === 0 ? 0 : count * Math.log(count / ((whole * total) / all));
  const sum =
    part(one.having, one.of, having) +
    part(other.having, other.of, having) +
    part(one.of - one.having, one.of, all - having) +
    part(other.of - other.having, other.of, all - having);
  return Math.max(0, 2 * sum);
}
