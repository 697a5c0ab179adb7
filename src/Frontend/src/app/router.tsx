import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { paths } from '@/domain/paths';
import { CrashPage, NotFoundPage } from './error-pages';
import { Root } from './root';

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundPage, errorComponent: CrashPage });

const routes = [
  createRoute({ getParentRoute: () => root, path: paths.start, component: lazyRouteComponent(() => import('@/features/start/start-page'), 'StartPage') }),
  createRoute({ getParentRoute: () => root, path: paths.playground, component: lazyRouteComponent(() => import('./pages/playground-page'), 'PlaygroundPage') }),
  createRoute({ getParentRoute: () => root, path: paths.run, component: lazyRouteComponent(() => import('@/features/run/run-page'), 'RunPage') }),
  createRoute({ getParentRoute: () => root, path: paths.review, component: lazyRouteComponent(() => import('@/features/review/review-page'), 'ReviewPage') }),
  createRoute({ getParentRoute: () => root, path: paths.workflows, component: lazyRouteComponent(() => import('@/features/workflows/workflows-page'), 'WorkflowsPage') }),
  createRoute({ getParentRoute: () => root, path: paths.workflow, component: lazyRouteComponent(() => import('@/features/workflows/workflow-page'), 'WorkflowPage') }),
  createRoute({ getParentRoute: () => root, path: paths.jobs, component: lazyRouteComponent(() => import('@/features/history/history-page'), 'HistoryPage') }),
  createRoute({ getParentRoute: () => root, path: paths.bulk, component: lazyRouteComponent(() => import('@/features/bulk/bulk-page'), 'BulkPage') }),
  createRoute({ getParentRoute: () => root, path: paths.library, component: lazyRouteComponent(() => import('@/features/library/library-page'), 'LibraryPage') }),
  createRoute({ getParentRoute: () => root, path: paths.settings, component: lazyRouteComponent(() => import('@/features/settings/settings-page'), 'SettingsPage') }),
] as const;

export const router = createRouter({ routeTree: root.addChildren(routes), defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
