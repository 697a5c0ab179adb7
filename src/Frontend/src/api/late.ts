import { lazy, type ComponentType, type ReactNode } from 'react';
import { api } from './client';
import { whenOnline } from './connection';

/**
 * A script, fetched. Where the network is gone it is waited for, and fetched then: what is shown stays until then.
 * Fails when the server answers and has no such script, as after a new version of the app.
 */
export async function fetched<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch {
    await api.get('/session').catch(() => undefined);
    await whenOnline();
    return load();
  }
}

type PropsOf<Component> = Component extends () => ReactNode ? object : Component extends (props: infer Props) => ReactNode ? Props : never;

/** A component of a module, whose script is fetched when it is first drawn, inside a `Suspense`. */
export function late<Module, Name extends keyof Module>(load: () => Promise<Module>, name: Name) {
  return lazy(() => fetched(load).then((module) => ({ default: module[name] as ComponentType<PropsOf<Module[Name]>> })));
}
