import { openOnPglite } from '../support/behaviour-deps.ts';
import { reanalysisBehaviour } from './reanalysis-behaviour.ts';

reanalysisBehaviour('PGlite', openOnPglite);
