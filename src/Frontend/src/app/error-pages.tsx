import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { describeError } from '@/api/problem';
import { paths } from '@/domain/paths';
import { buttonClass } from '@/ui/button';
import { Empty, LoadError } from '@/ui/states';

export function NotFoundPage() {
  return (
    <main className="flex flex-1">
      <Empty title="There is no such page" action={<Link to={paths.start} className={buttonClass()}>Go to the start</Link>}>
        The address may be old, or a letter is missing.
      </Empty>
    </main>
  );
}

export function CrashPage({ error, reset }: ErrorComponentProps) {
  return (
    <main className="flex flex-1">
      <LoadError title="This page stopped working" message={`${describeError(error)} Your runs go on and your draft is kept.`} onRetry={reset} />
    </main>
  );
}
