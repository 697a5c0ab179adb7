import { lazyRouteComponent } from '@tanstack/react-router';

/** What whoever is not signed in sees; drawn at once where `preload` is done. */
export const SignInPage = lazyRouteComponent(() => import('@/features/session/sign-in-page'), 'SignInPage');
