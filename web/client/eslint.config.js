import js from '@eslint/js'
import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'
import prettier from 'eslint-config-prettier'
import pluginVue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import imports from './lint/imports.js'

export default defineConfigWithVueTs(
  { ignores: ['dist/**', 'node_modules/**', '../wwwroot/**', 'src/api/schema.ts'] },
  js.configs.recommended,
  pluginVue.configs['flat/recommended'],
  accessibility.configs['flat/recommended'],
  vueTsConfigs.recommendedTypeChecked,
  {
    rules: {
      'no-console': 'error',
      'no-undef': 'off',
      eqeqeq: 'error',
      // Composables are taken apart; vue-i18n's `te` is declared as a method, but needs no `this`.
      '@typescript-eslint/unbound-method': 'off',
      // A label holds its control, which may be one of Element Plus.
      'vuejs-accessibility/label-has-for': [
        'error',
        {
          controlComponents: ['ElDatePicker', 'ElInput', 'ElInputNumber', 'ElSelect'],
          required: { some: ['nesting', 'id'] },
        },
      ],
    },
  },
  {
    // ESLint does not look into other components: to it their types are `any`.
    files: ['**/*.vue'],
    rules: { '@typescript-eslint/no-redundant-type-constituents': 'off' },
  },
  {
    // Fakes keep the promises of what they stand for, and have nothing to wait for.
    files: ['**/*.test.ts'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  ...imports,
  prettier,
)
