import { openOnPglite } from '../support/behaviour-deps.ts';
import { pressBriefBehaviour } from './press-brief-behaviour.ts';

pressBriefBehaviour('PGlite', openOnPglite);
