import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DemoUser } from './people';
import { clientSource } from './paths';

/** What the demo district is filled with before its pages are walked through. */
export interface Seeds {
  school: string;
  room: string;
  recording: string;
  lesson: string;
}

export interface PageRow {
  /** As the router writes it. */
  route: string;
  name: string;
  open: (seeds: Seeds) => string;
  /** Who may see it; nobody signs in for the pages that are open to all. */
  as: readonly (DemoUser | 'nobody')[];
  /** What is there once the page shows what it is for. */
  ready: string;
}

const everybody = ['administrator', 'inspector', 'principal'] as const;

/** Every page of the router, who may see it, and how it is reached. */
export const pages: readonly PageRow[] = [
  { route: '/login', name: 'login', open: () => '/login', as: ['nobody'], ready: 'input[name=username]' },
  { route: '/', name: 'district', open: () => '/', as: ['administrator', 'inspector'], ready: '[data-cell]' },
  { route: '/schools/:schoolId', name: 'school', open: (seeds) => `/schools/${seeds.school}`, as: everybody, ready: '[data-cell]' },
  { route: '/schools/:schoolId/hour', name: 'hour', open: (seeds) => `/schools/${seeds.school}/hour`, as: everybody, ready: '.rooms li' },
  { route: '/rooms/:roomId', name: 'room', open: (seeds) => `/rooms/${seeds.room}`, as: everybody, ready: '.stage' },
  { route: '/week', name: 'week', open: () => '/week', as: ['teacher'], ready: '.week, .days' },
  { route: '/visits', name: 'visits', open: () => '/visits', as: everybody, ready: 'tbody tr, .notice' },
  { route: '/recordings', name: 'recordings', open: () => '/recordings', as: everybody, ready: 'tbody tr, .notice' },
  { route: '/recordings/:recordingId', name: 'player', open: (seeds) => `/recordings/${seeds.recording}`, as: ['administrator', 'principal'], ready: 'input[type=range]' },
  { route: '/bookings', name: 'bookings', open: () => '/bookings', as: ['administrator', 'inspector', 'principal', 'teacher'], ready: '.notice, .week, .days' },
  { route: '/patrol', name: 'patrol', open: () => '/patrol', as: ['administrator', 'inspector', 'principal'], ready: '.stops, .notice' },
  { route: '/patrols', name: 'patrols', open: () => '/patrols', as: ['administrator', 'inspector', 'principal', 'teacher'], ready: 'tbody tr, .notice' },
  { route: '/patrols/coverage', name: 'coverage', open: () => '/patrols/coverage', as: ['administrator', 'inspector', 'principal'], ready: 'tbody tr, .notice' },
  { route: '/observations', name: 'observations', open: () => '/observations', as: ['administrator', 'inspector', 'principal', 'teacher'], ready: 'tbody tr, .notice' },
  { route: '/observations/:observationId', name: 'observation', open: () => '/observations/00000000-0000-0000-0000-000000000000', as: ['inspector'], ready: '.notice' },
  { route: '/rectifications', name: 'rectifications', open: () => '/rectifications?filter=all', as: ['administrator', 'inspector', 'principal', 'teacher'], ready: 'tbody tr, .notice' },
  { route: '/rectifications/:rectificationId', name: 'rectification', open: () => '/rectifications/00000000-0000-0000-0000-000000000000', as: ['inspector'], ready: '.notice' },
  { route: '/forms', name: 'forms', open: () => '/forms', as: ['administrator', 'inspector'], ready: 'tbody tr' },
  { route: '/forms/:formId', name: 'form', open: () => '/forms/new', as: ['administrator'], ready: 'fieldset' },
  { route: '/alerts', name: 'alerts', open: () => '/alerts?state=all', as: everybody, ready: '.notice, .list' },
  { route: '/admin/alert-rules', name: 'alert-rules', open: () => '/admin/alert-rules', as: ['administrator'], ready: '.rule' },
  { route: '/admin/rooms', name: 'admin-rooms', open: () => '/admin/rooms?school=s12', as: ['administrator'], ready: 'tbody tr' },
  { route: '/admin/rooms/:roomId/areas', name: 'areas', open: (seeds) => `/admin/rooms/${seeds.room}/areas`, as: ['administrator'], ready: '.corner' },
  { route: '/admin/books/:book', name: 'books', open: () => '/admin/books/rooms?school=s12', as: ['administrator'], ready: 'tbody tr' },
  { route: '/admin/imports', name: 'imports', open: () => '/admin/imports', as: ['administrator'], ready: 'input[type=file]' },
  { route: '/admin/imports/lists', name: 'import-lists', open: () => '/admin/imports/lists', as: ['administrator'], ready: 'input[type=file]' },
  { route: '/admin/accounts', name: 'accounts', open: () => '/admin/accounts', as: ['administrator'], ready: 'tbody tr' },
  { route: '/account', name: 'account', open: () => '/account', as: everybody, ready: '.card dl' },
  { route: '/schools', name: 'schools', open: () => '/schools', as: ['administrator'], ready: 'main li' },
  { route: '/admin/tokens', name: 'tokens', open: () => '/admin/tokens', as: ['administrator'], ready: 'tbody tr, .notice' },
  { route: '/invitation', name: 'invitation', open: () => '/invitation', as: ['nobody'], ready: '.notice' },
  { route: '/shared', name: 'shared', open: () => '/shared', as: ['inspector'], ready: '.notice' },
  { route: '/admin/visits', name: 'rules', open: () => '/admin/visits', as: ['administrator'], ready: 'fieldset' },
  { route: '/admin/audit', name: 'audit', open: () => '/admin/audit', as: ['administrator'], ready: 'tbody tr' },
  { route: '/forbidden', name: 'forbidden', open: () => '/forbidden', as: ['inspector'], ready: '.notice' },
  { route: '/:rest(.*)*', name: 'missing', open: () => '/no/such/page', as: ['nobody', 'principal'], ready: '.notice' },
  // Last, for a lesson has to be over first.
  { route: '/lessons', name: 'lessons', open: () => '/lessons', as: everybody, ready: 'tbody tr, .notice' },
  { route: '/lessons/:lessonId', name: 'lesson', open: (seeds) => `/lessons/${seeds.lesson}`, as: everybody, ready: '.timeline' },
  { route: '/lessons/:lessonId/observation', name: 'observe', open: (seeds) => `/lessons/${seeds.lesson}/observation`, as: ['inspector'], ready: '.notice' },
];

/** The paths that the client's router is put together from, read from its source: it is built for browsers only. */
export function routesOfTheRouter(): string[] {
  const features = readdirSync(resolve(clientSource, 'features')).map((feature) => resolve(clientSource, 'features', feature, 'routes.ts'));
  return [resolve(clientSource, 'app/router.ts'), ...features.filter((file) => existsSync(file))].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bpath: '([^']+)',\s+component/g)].map(([, path]) => path!),
  );
}
