import { openOnPglite } from '../support/behaviour-deps.ts';
import { correctionsBehaviour } from './corrections-behaviour.ts';

correctionsBehaviour('PGlite', openOnPglite);
