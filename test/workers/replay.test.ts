import { openOnPglite } from '../support/behaviour-deps.ts';
import { replayBehaviour } from './replay-behaviour.ts';

replayBehaviour('PGlite', openOnPglite);
