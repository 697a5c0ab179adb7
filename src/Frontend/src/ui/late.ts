import { lazy, type ComponentType, type ReactNode } from 'react';

const askEveryMs = 4_000;

/** Until the server answers again, asked as soon as the network is back. */
async function untilAnswered(): Promise<void> {
  while (!(await fetch('/', { method: 'HEAD', headers: { Accept: 'text/html' }, cache: 'no-store' }).then(() => true, () => false))) {
    await new Promise((resolve) => {
      setTimeout(resolve, askEveryMs);
      window.addEventListener('online', resolve, { once: true });
    });
  }
}

/**
 * A script, fetched. Where the network is gone it is waited for, and fetched then: what is shown stays until then.
 * Fails when the server answers and has no such script, as after a new version of the app.
 */
export async function fetched<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch {
    await untilAnswered();
    return load();
  }
}

type PropsOf<Component> = Component extends () => ReactNode ? object : Component extends (props: infer Props) => ReactNode ? Props : never;

/** A component of a module, whose script is fetched when it is first drawn, inside a `Suspense`. */
export function late<Module, Name extends keyof Module>(load: () => Promise<Module>, name: Name) {
  return lazy(() => fetched(load).then((module) => ({ default: module[name] as ComponentType<PropsOf<Module[Name]>> })));
}
