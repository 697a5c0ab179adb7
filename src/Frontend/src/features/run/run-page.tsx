export function RunPage() { return <main className="flex-1 p-7"><h1 className="text-title">RunPage</h1></main>; }
