export function LibraryPage() { return <main className="flex-1 p-7"><h1 className="text-title">LibraryPage</h1></main>; }
