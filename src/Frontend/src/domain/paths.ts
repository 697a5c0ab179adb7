/** The addresses of the app's own pages. The gateway serves the page for these and no others. */
export const paths = {
  start: '/',
  playground: '/playground',
  workflows: '/workflows',
  workflow: '/workflows/$id',
  library: '/library',
  bulk: '/bulk',
  jobs: '/jobs',
  run: '/jobs/$id',
  review: '/jobs/$id/review/$stepId',
  settings: '/settings',
} as const;
