import type { Severity } from '../domain/alert.ts';

/** How a severity is called to an officer. */
export const SEVERITY_NAMES: Readonly<Record<Severity, { readonly vi: string; readonly en: string }>> = {
  information: { vi: 'Thông tin', en: 'Information' },
  watch: { vi: 'Theo dõi', en: 'Watch' },
  serious: { vi: 'Nghiêm trọng', en: 'Serious' },
  critical: { vi: 'Khẩn cấp', en: 'Critical' },
};
