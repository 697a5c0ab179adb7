export function StartPage() { return <main className="flex-1 p-7"><h1 className="text-title">StartPage</h1></main>; }
