# A Secret with a certificate for a Service, and one of agnhost's webhooks behind it.
# hook-server.sh PROGRAM: writes the authority's certificate, as a caBundle has it.
set -e
program=$1 here=$(dirname "$0") work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=hooks-ca \
    -keyout ca.key -out ca.crt 2>/dev/null
openssl req -newkey rsa:2048 -nodes -subj "/CN=$program.webhooks.svc" \
    -keyout tls.key -out tls.csr 2>/dev/null
echo "subjectAltName=DNS:$program.webhooks.svc" > extensions
openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial \
    -days 2 -extfile extensions -out tls.crt 2>/dev/null
kubectl create secret tls "$program" --cert=tls.crt --key=tls.key >&2
cd - >&2
sed "s/PROGRAM/$program/g" "$here/hook-server.yaml" | kubectl create -f - >&2
kubectl create configmap "$program-ca" --from-literal=bundle="$(base64 -w0 "$work/ca.crt")" >&2
