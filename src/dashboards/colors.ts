/** Colours that say the same on every chart; readable beside each other without telling red from green. */
export const NEGATIVE = '#b3361e';
export const NEUTRAL = '#9aa5b1';
export const POSITIVE = '#2f7fb8';
export const ATTENTION = '#c98400';
export const PLAIN = '#0b6e6e';
