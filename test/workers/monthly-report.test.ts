import { openOnPglite } from '../support/behaviour-deps.ts';
import { monthlyReportBehaviour } from './monthly-report-behaviour.ts';

monthlyReportBehaviour('PGlite', openOnPglite);
