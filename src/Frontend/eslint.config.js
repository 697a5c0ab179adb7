import { readdirSync } from 'node:fs';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// app -> features -> domain -> api, ui. Features do not know one another, and ui knows no domain word.
const features = readdirSync('src/features');
const zones = [
  { target: 'src/ui', from: ['src/api', 'src/domain', 'src/features', 'src/app'] },
  { target: 'src/api', from: ['src/domain', 'src/features', 'src/app'] },
  { target: 'src/domain', from: ['src/features', 'src/app'] },
  { target: 'src/features', from: 'src/app' },
  ...features.map((name) => ({ target: `src/features/${name}`, from: 'src/features', except: [`./${name}`] })),
];

export default tseslint.config({ ignores: ['src/api/schema.ts'] }, {
  files: ['src/**/*.{ts,tsx}'],
  extends: [tseslint.configs.recommended, jsxA11y.flatConfigs.recommended],
  plugins: { 'import-x': importX, 'react-hooks': reactHooks },
  settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
  rules: {
    'import-x/no-restricted-paths': ['error', { zones }],
    'react-hooks/rules-of-hooks': 'error',
    'react-hooks/exhaustive-deps': 'error',
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-non-null-assertion': 'error',
    'max-lines': ['error', 400],
    // Generated videos have no speech to caption.
    'jsx-a11y/media-has-caption': 'off',
  },
});
