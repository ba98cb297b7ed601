import { openOnPglite } from '../support/behaviour-deps.ts';
import { incidentsBehaviour } from './incidents-behaviour.ts';

incidentsBehaviour('PGlite', openOnPglite);
