export function PlaygroundPage() { return <main className="flex-1 p-7"><h1 className="text-title">PlaygroundPage</h1></main>; }
