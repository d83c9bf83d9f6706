// What a JavaScript operator does: create, watch, patch, list, be refused, delete.
import * as k8s from '@kubernetes/client-node';

const config = new k8s.KubeConfig();
config.loadFromDefault();
const api = config.makeApiClient(k8s.CoreV1Api);
const namespace = 'node-client';

const events = [];
let wake = () => {};

async function nextEvent() {
  while (events.length === 0) {
    await new Promise((resolve) => { wake = resolve; });
  }
  return events.shift();
}

await api.createNamespace({ body: { metadata: { name: namespace } } });

const watch = await new k8s.Watch(config).watch(
  `/api/v1/namespaces/${namespace}/configmaps`,
  { fieldSelector: 'metadata.name=web' },
  (type, object) => {
    events.push(`${type} ${object.metadata.name} ${object.data.step}`);
    wake();
  },
  () => {},
);

await api.createNamespacedConfigMap({
  namespace, body: { metadata: { name: 'web' }, data: { step: '1' } },
});
console.log('created web');
console.log(await nextEvent());

const patched = await api.patchNamespacedConfigMap(
  { namespace, name: 'web', body: [{ op: 'replace', path: '/data/step', value: '2' }] },
);
console.log(`patched ${patched.metadata.name} to ${patched.data.step}`);
console.log(await nextEvent());

const list = await api.listNamespacedConfigMap({ namespace, fieldSelector: 'metadata.name=web' });
console.log(`listed ${list.items.map((item) => item.metadata.name)}`);

try {
  await api.readNamespacedConfigMap({ namespace, name: 'nope' });
} catch (error) {
  console.log(`refused ${error.code} ${JSON.parse(error.body).reason}`);
}

await api.deleteNamespacedConfigMap({ namespace, name: 'web' });
console.log(await nextEvent());
watch.abort();
await api.deleteNamespace({ name: namespace });
