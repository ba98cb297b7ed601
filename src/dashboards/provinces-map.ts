import type { MapDefinition } from './map.ts';
import { IS_NEGATIVE } from './shared-parts.ts';

export const PROVINCES_MAP: MapDefinition = {
  name: 'provinces',
  title: 'Tin bài theo tỉnh, thành',
  description:
    'Articles and negative articles by the provinces they mention, at the centre of each. Without a base map on purpose.',
  center: { lat: 16.2, lon: 107.2, zoom: 4.6 },
  layers: [
    {
      id: 'articles-by-province',
      label: 'Tin bài',
      kind: 'articles',
      geoField: 'location',
      nameField: 'facets.provinceName',
      kql: '',
      ramp: 'Blues',
    },
    {
      id: 'negative-by-province',
      label: 'Tin tiêu cực',
      kind: 'articles',
      geoField: 'location',
      nameField: 'facets.provinceName',
      kql: IS_NEGATIVE,
      ramp: 'Reds',
    },
  ],
};
