import { Suspense, useState } from 'react';
import { late } from '@/ui/late';
import type { Session } from '@/domain/api';
import { Popover } from '@/ui/popover';

const ProfileItems = late(() => import('./profile-items'), 'ProfileItems');

const initials = (name: string) => name.split(/\s+/).slice(0, 2).map((word) => word[0]?.toUpperCase() ?? '').join('') || 'P';

export function ProfileMenu({ session, onHelp }: { session: Session; onHelp: () => void }) {
  const [open, setOpen] = useState(false);
  const name = session.user?.name ?? session.workspace?.name ?? 'Workspace';
  return (
    <Popover
      label="Account"
      align="end"
      open={open}
      onOpenChange={setOpen}
      className="w-68 p-1"
      trigger={
        <button type="button" aria-label={`${name}, account`} className="grid size-8 place-items-center rounded-full border border-line-2 bg-raised text-[12px] font-semibold text-ink-2 hover:border-control max-lg:size-11">
          {initials(name)}
        </button>
      }
    >
      <div className="px-2.5 pt-2 pb-2.5">
        <p className="truncate text-strong">{name}</p>
        {session.workspace?.name && session.workspace.name !== name && <p className="truncate text-small text-ink-3">{session.workspace.name}</p>}
      </div>
      <Suspense>
        <ProfileItems onHelp={onHelp} onClose={() => setOpen(false)} />
      </Suspense>
    </Popover>
  );
}
