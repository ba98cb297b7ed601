/**
 * What lifts a match, for each word or phrase that was looked for: being spelt as typed, standing in the title, and
 * both at once (`TITLE_RANK` again). Among equals the newest comes first: in the news the last word counts most.
 */
export const ACCENTED_RANK = 100;
export const TITLE_RANK = 40;
