import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { fetched } from '@/ui/late';
import { paths } from '@/domain/paths';
import { CrashPage, NotFoundPage } from './error-pages';
import { Root } from './root';

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundPage, errorComponent: CrashPage });

/** Where its script cannot be fetched the router loads everything anew, which offline is the browser's own page. */
const page: typeof lazyRouteComponent = (load, name) => lazyRouteComponent(() => fetched(load), name);

const routes = [
  createRoute({ getParentRoute: () => root, path: paths.start, component: page(() => import('@/features/start/start-page'), 'StartPage') }),
  createRoute({ getParentRoute: () => root, path: paths.playground, component: page(() => import('./pages/playground-page'), 'PlaygroundPage') }),
  createRoute({ getParentRoute: () => root, path: paths.run, component: page(() => import('@/features/run/run-page'), 'RunPage') }),
  createRoute({ getParentRoute: () => root, path: paths.review, component: page(() => import('@/features/review/review-page'), 'ReviewPage') }),
  createRoute({ getParentRoute: () => root, path: paths.workflows, component: page(() => import('@/features/workflows/workflows-page'), 'WorkflowsPage') }),
  createRoute({ getParentRoute: () => root, path: paths.workflow, component: page(() => import('@/features/workflows/workflow-page'), 'WorkflowPage') }),
  createRoute({ getParentRoute: () => root, path: paths.jobs, component: page(() => import('@/features/history/history-page'), 'HistoryPage') }),
  createRoute({ getParentRoute: () => root, path: paths.bulk, component: page(() => import('@/features/bulk/bulk-page'), 'BulkPage') }),
  createRoute({ getParentRoute: () => root, path: paths.library, component: page(() => import('@/features/library/library-page'), 'LibraryPage') }),
  createRoute({ getParentRoute: () => root, path: paths.settings, component: page(() => import('@/features/settings/settings-page'), 'SettingsPage') }),
] as const;

export const router = createRouter({ routeTree: root.addChildren(routes), defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
