import { lazyRouteComponent } from '@tanstack/react-router';
import { fetched } from '@/ui/late';

/** What whoever is not signed in sees; drawn at once where `preload` is done. */
export const SignInPage = lazyRouteComponent(() => fetched(() => import('@/features/session/sign-in-page')), 'SignInPage');
