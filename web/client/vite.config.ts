import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const server = process.env.XUNKE_URL ?? 'http://localhost:8080'
const proxied = { target: server, changeOrigin: false, ws: true }

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: '../wwwroot',
    emptyOutDir: true,
    // The chart chunk is large and loads on the room page only.
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Without its own group Vue's runtime lands in the chart chunk, and every page would load the charts.
            { name: 'vue', test: /node_modules[\\/](@vue|vue|vue-router|pinia|vue-i18n|@intlify)[\\/]/, priority: 20 },
            { name: 'charts', test: /node_modules[\\/](echarts|zrender|vue-echarts)[\\/]/, priority: 10 },
            { name: 'signalr', test: /node_modules[\\/]@microsoft[\\/]signalr[\\/]/, priority: 10 },
          ],
        },
      },
    },
  },
  server: {
    proxy: { '/api': proxied, '/hubs': proxied, '/whep': proxied, '/whip': proxied },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts', 'lint/*.test.js'],
    server: { deps: { inline: ['element-plus'] } },
  },
})
