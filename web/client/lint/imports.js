/** Which folders of src a folder may import from; whatever is not written here it may not. */
const folders = {
  api: [],
  ui: ['api'],
  live: ['api'],
  poses: ['api', 'live', 'ui'],
  app: ['api', 'ui', 'live', 'poses'],
}

/** Which other features a feature may import from. */
const features = {
  accounts: ['signinservices'],
  admin: ['cameras'],
  alerts: ['rectifications'],
  areas: [],
  audit: [],
  bookings: [],
  books: ['timetable'],
  cameras: [],
  clock: [],
  dashboards: ['duties'],
  district: ['dashboards'],
  duties: [],
  forms: [],
  identity: ['signinservices'],
  imports: [],
  lessons: ['observations', 'recordings', 'reviews'],
  machinetokens: [],
  media: [],
  observations: ['forms', 'rectifications'],
  outages: [],
  ownaccount: ['signinservices'],
  patrols: ['duties', 'media', 'rectifications', 'rooms', 'visits'],
  recordings: [],
  rectifications: [],
  reviews: [],
  rooms: ['bookings', 'lessons', 'media', 'observations', 'recordings', 'timetable', 'visits'],
  schools: ['rooms'],
  signinservices: [],
  timetable: ['bookings', 'duties', 'lessons', 'reviews'],
  visits: ['media'],
}

/** All that the application's shell knows of a feature. */
const shown = 'features/[a-z]+/(?:routes|alerts|zh-CN|en)$'

function only(files, allowed) {
  return {
    name: `imports of ${files}`,
    files: [`src/${files}/**/*.{ts,vue}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^@/(?!${allowed.map((one) => (one.endsWith('$') ? one : `${one}(?:/|$)`)).join('|') || '$'})`,
              message: 'See lint/imports.js for who may import whom.',
            },
            { regex: '^\\.\\./', message: 'Another folder is written with @/.' },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportExpression[source.value!=/^[.][/]/]',
          message: 'Only what is in the same folder is imported when it is needed.',
        },
      ],
    },
  }
}

/** ESLint's part of the house's order: imports run features -> app -> (poses, live, ui) -> api. */
export default [
  ...Object.entries(folders).map(([folder, allowed]) => only(folder, folder === 'app' ? [...allowed, shown] : allowed)),
  ...Object.entries(features).map(([feature, others]) =>
    only(`features/${feature}`, [...Object.keys(folders), ...others.map((other) => `features/${other}`)]),
  ),
]
