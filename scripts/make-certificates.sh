#!/usr/bin/env bash
# Makes fixtures/certificates anew with OpenSSL 3 or later: throw-away keys, and truth.json with what OpenSSL itself says of
# each file. Every run gives new keys, so all of the folder changes; the tests read truth.json and need no OpenSSL.
set -euo pipefail

cd "$(dirname "$0")/../fixtures/certificates"
rm -f -- *.pfx *.cer *.pem *.p7b truth.json
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# ----------------------------------------------------------------------------------------------------------------------
# Certificates: root -> issuing -> shop (EC), and self-signed ones with an RSA and an Ed25519 key
# ----------------------------------------------------------------------------------------------------------------------

ec() { openssl ecparam -name prime256v1 -genkey -noout -out "$work/$1.key"; }
ca='basicConstraints=critical,CA:TRUE'

ec root
openssl req -x509 -new -key "$work/root.key" -subj '/O=Contoso, Ltd./CN=Contoso Root' -days 36500 -addext "$ca" -out "$work/root.crt"
for name in issuing:root:'/O=Contoso, Ltd./CN=Contoso Issuing':"$ca" \
  shop:issuing:'/C=DE/O=Contoso, Ltd./CN=shop.example':'subjectAltName=DNS:shop.example,DNS:*.shop.example,IP:192.0.2.1'; do
  IFS=: read -r who by subject extension <<<"$name"
  ec "$who"
  openssl req -new -key "$work/$who.key" -subj "$subject" -out "$work/$who.csr"
  openssl x509 -req -in "$work/$who.csr" -CA "$work/$by.crt" -CAkey "$work/$by.key" -days 36500 \
    -extfile <(printf '%s\n' "$extension") -out "$work/$who.crt"
done
openssl req -x509 -newkey rsa:2048 -noenc -keyout "$work/rsa.key" -subj '/CN=rsa.example' -days 36500 -out "$work/rsa.crt"
openssl req -x509 -newkey ed25519 -noenc -keyout "$work/ed25519.key" -subj '/CN=ed25519.example' -days 36500 -out "$work/ed25519.crt"
cat "$work/issuing.crt" "$work/root.crt" >"$work/issuers.crt"

# ----------------------------------------------------------------------------------------------------------------------
# PKCS#12. Fields of a line of truth: file, password, number of keys, certificates.
# ----------------------------------------------------------------------------------------------------------------------

truth=()
told() { truth+=("$1|$2|$3|${*:4}"); }

# pfx FILE PASSWORD NAME [OPTION...]
pfx() {
  openssl pkcs12 -export -legacy -in "$work/$3.crt" -inkey "$work/$3.key" -out "$1.pfx" -passout "pass:$2" "${@:4}"
  told "$1.pfx" "$2" 1 "$3"
}

pfx rc2-40-3des Pass-1 rsa -certpbe PBE-SHA1-RC2-40 -keypbe PBE-SHA1-3DES -macalg sha1
pfx aes-256 Pass-2 rsa -certpbe AES-256-CBC -keypbe AES-256-CBC -macalg sha256
for cipher in RC2-128 RC4-40 RC4-128 2DES 3DES; do
  pfx "pbe-${cipher,,}" Pass-3 shop -certpbe "PBE-SHA1-$cipher" -keypbe PBE-SHA1-3DES -macalg sha1
done
for cipher in AES-128-CBC AES-192-CBC DES-EDE3-CBC DES-CBC; do
  pfx "pbes2-${cipher,,}" Pass-4 shop -certpbe "$cipher" -keypbe AES-256-CBC -macalg sha256
done
for mac in md5 sha384 sha512-256 sha3-256; do
  pfx "mac-$mac" Pass-5 shop -certpbe AES-256-CBC -macalg "$mac"
done
pfx iterations-600000 Pass-6 shop -certpbe AES-256-CBC -iter 600000 -macalg sha256
pfx empty-password '' shop -certpbe PBE-SHA1-3DES -macalg sha1
pfx umlaut 'Grüße €5' shop -certpbe PBE-SHA1-3DES -macalg sha1
pfx umlaut-aes 'Grüße €5' shop -certpbe AES-256-CBC -macalg sha256
pfx no-mac Pass-7 shop -certpbe AES-256-CBC -nomac
pfx certificate-in-clear Pass-8 shop -certpbe NONE -macalg sha256
pfx ed25519 Pass-9 ed25519 -certpbe AES-256-CBC -macalg sha256
pfx unsupported Pass-10 shop -certpbe CAMELLIA-256-CBC -macalg sha256
pfx chain Pass-11 shop -certfile "$work/issuers.crt" -certpbe AES-256-CBC -macalg sha256
told chain.pfx Pass-11 1 shop issuing root

openssl pkcs12 -export -nokeys -in "$work/shop.crt" -certfile "$work/issuers.crt" -out certificates-only.pfx -passout pass:Pass-12
told certificates-only.pfx Pass-12 0 shop issuing root
openssl pkcs12 -export -nocerts -inkey "$work/shop.key" -in "$work/shop.crt" -out key-only.pfx -passout pass:Pass-13
told key-only.pfx Pass-13 1

base64 empty-password.pfx >base64.pfx
told base64.pfx '' 1 shop
{ echo '-----BEGIN CERTIFICATE-----'; base64 empty-password.pfx; echo '-----END CERTIFICATE-----'; } >certutil-encoded.pfx
told certutil-encoded.pfx '' 1 shop
{ cat empty-password.pfx; printf '\r\n'; } >trailing-line-end.pfx
told trailing-line-end.pfx '' 1 shop

# ----------------------------------------------------------------------------------------------------------------------
# What is called .pfx and is none
# ----------------------------------------------------------------------------------------------------------------------

head -c 600 empty-password.pfx >cut.pfx
told cut.pfx '' 0
sed 's/$/\r/' rc2-40-3des.pfx >crlf.pfx
told crlf.pfx Pass-1 0
iconv -f latin1 -t utf-8 rc2-40-3des.pfx >utf-8.pfx
told utf-8.pfx Pass-1 0
printf '\xfe\xed\xfe\xed\x00\x00\x00\x02\x00\x00\x00\x00' >java-keystore.pfx
told java-keystore.pfx '' 0
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 2424\n' 0 >lfs-pointer.pfx
told lfs-pointer.pfx '' 0
printf '<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>\n' >sign-in.pfx
told sign-in.pfx '' 0
: >empty.pfx
told empty.pfx '' 0
cp "$work/shop.crt" pem.pfx
told pem.pfx '' 0 shop

# ----------------------------------------------------------------------------------------------------------------------
# Certificates without keys
# ----------------------------------------------------------------------------------------------------------------------

for name in shop rsa ed25519; do
  openssl x509 -in "$work/$name.crt" -outform DER -out "$name.cer"
  told "$name.cer" '' 0 "$name"
done
cat "$work/shop.crt" "$work/issuers.crt" >chain.pem
told chain.pem '' 0 shop issuing root
cat "$work/shop.key" "$work/shop.crt" >with-key.pem
told with-key.pem '' 1 shop
{ printf '\xff\xfe'; iconv -f utf-8 -t utf-16le "$work/shop.crt"; } >utf-16.pem
told utf-16.pem '' 0 shop
{ printf '\xef\xbb\xbf'; sed 's/$/\r/' "$work/shop.crt"; } >utf-8-bom.pem
told utf-8-bom.pem '' 0 shop
sed '/-----/d' "$work/shop.crt" >bare-base64.cer
told bare-base64.cer '' 0 shop
openssl crl2pkcs7 -nocrl -certfile chain.pem -outform DER -out chain.p7b
told chain.p7b '' 0 shop issuing root
openssl crl2pkcs7 -nocrl -certfile chain.pem -out chain-text.p7b
told chain-text.p7b '' 0 shop issuing root
cp "$work/shop.csr" request.pem
told request.pem '' 0
openssl req -in "$work/shop.csr" -outform DER -out request.cer
told request.cer '' 0

# ----------------------------------------------------------------------------------------------------------------------
# truth.json
# ----------------------------------------------------------------------------------------------------------------------

thumbprint() { openssl x509 -in "$work/$1.crt" -noout -fingerprint -sha1 | sed 's/.*=//; s/://g'; }

{
  declare -A last
  for line in "${truth[@]}"; do last[${line%%|*}]=$line; done
  separator='{'
  for file in $(printf '%s\n' "${!last[@]}" | LC_ALL=C sort); do
    IFS='|' read -r _ password keys certificates <<<"${last[$file]}"
    list=''
    for name in $certificates; do list+="${list:+, }\"$(thumbprint "$name")\""; done
    printf '%s\n  "%s": { "password": "%s", "keys": %d, "thumbprints": [%s] }' "$separator" "$file" "$password" "$keys" "$list"
    separator=','
  done
  printf '\n}\n'
} >truth.json
