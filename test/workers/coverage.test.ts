import { openOnPglite } from '../support/behaviour-deps.ts';
import { coverageBehaviour } from './coverage-behaviour.ts';

coverageBehaviour('PGlite', openOnPglite);
