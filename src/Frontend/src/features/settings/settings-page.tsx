import { Monitor, Moon, Sun } from 'lucide-react';
import { chooseTheme, useThemeChoice } from '@/domain/theme/theme';
import { Segmented } from '@/ui/radio-group';
import { useTitle } from '@/ui/use-title';
import { ApiKeys } from './api-keys';
import { PromptSettingsSection } from './prompt-settings';
import { Providers } from './providers';

const themes = [
  { value: 'light', label: <><Sun className="size-4" />Light</> },
  { value: 'dark', label: <><Moon className="size-4" />Dark</> },
  { value: 'system', label: <><Monitor className="size-4" />System</> },
] as const;

export function SettingsPage() {
  useTitle('Settings');
  const theme = useThemeChoice();
  return (
    <main className="flex-1 overflow-y-auto px-7 py-8 max-lg:px-4">
      <div className="mx-auto flex max-w-190 flex-col gap-9">
        <h1 className="text-title">Settings</h1>
        <section aria-labelledby="appearance" className="flex flex-col gap-3">
          <h2 id="appearance" className="text-head">
            Appearance
          </h2>
          <Segmented label="Theme" className="max-w-90" value={theme} options={themes} onChange={chooseTheme} />
          <p className="text-small text-ink-3">System follows the setting of this device.</p>
        </section>
        <Providers />
        <PromptSettingsSection />
        <ApiKeys />
      </div>
    </main>
  );
}
