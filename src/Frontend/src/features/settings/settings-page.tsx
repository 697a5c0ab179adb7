export function SettingsPage() { return <main className="flex-1 p-7"><h1 className="text-title">SettingsPage</h1></main>; }
