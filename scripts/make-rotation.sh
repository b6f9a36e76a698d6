#!/usr/bin/env bash
# Makes fixtures/projects/rotation anew with OpenSSL 3 or later: a service in the middle of a certificate rotation, with
# throw-away keys. Every run gives new thumbprints; update expected.out afterwards (npx vitest run test/projects.test.ts -u).
set -euo pipefail

cd "$(dirname "$0")/../fixtures/projects/rotation"
rm -rf certs exports deploy
mkdir -p certs exports deploy
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

certificate() { # NAME SUBJECT
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -keyout "$work/$1.key" -subj "$2" -days 36500 -out "$work/$1.crt" 2>/dev/null
  openssl x509 -in "$work/$1.crt" -noout -fingerprint -sha1 | sed 's/.*=//; s/://g'
}
version() { openssl rand -hex 16; }

tls_old=$(certificate tls-old '/O=Contoso/CN=shop.contoso.example') tls_old_version=$(version)
tls_new=$(certificate tls-new '/O=Contoso/CN=shop.contoso.example') tls_new_version=$(version)
api=$(certificate api '/O=Contoso/CN=api.contoso.example') api_version=$(version)
signing=$(certificate signing '/O=Contoso/CN=Contoso Shop Signing') signing_version=$(version)
partner=$(certificate partner '/O=Contoso/CN=partner.contoso.example')
# Somebody typed the last digit but two by hand.
digit=${signing:37:1}
mistyped="${signing:0:37}$(printf '%X' $(((16#$digit + 3) % 16)))${signing:38}"

openssl pkcs12 -export -in "$work/tls-new.crt" -inkey "$work/tls-new.key" -out certs/shop-tls.pfx -passout pass:
openssl pkcs12 -export -in "$work/partner.crt" -inkey "$work/partner.key" -out certs/partner.pfx -passout pass:

vault=contoso-shop-kv
item() { # NAME VERSION THUMBPRINT CREATED EXPIRES
  cat <<JSON
  {
    "attributes": {
      "created": "$4T09:00:00+00:00",
      "enabled": true,
      "expires": "$5T09:00:00+00:00",
      "notBefore": "$4T08:50:00+00:00",
      "recoveryLevel": "Recoverable+Purgeable",
      "updated": "$4T09:00:00+00:00"
    },
    "id": "https://$vault.vault.azure.net/certificates/$1/$2",
    "name": "$1",
    "subject": "",
    "tags": null,
    "x509Thumbprint": "$(printf '%s' "$3" | sed 's/../\\x&/g' | xargs -0 printf | base64)",
    "x509ThumbprintHex": "$3"
  }
JSON
}
{
  printf '[\n%s,\n%s\n]\n' "$(item shop-tls "$tls_old_version" "$tls_old" 2025-12-01 2027-01-31)" "$(item shop-tls "$tls_new_version" "$tls_new" 2026-12-01 2028-01-31)"
  printf '[\n%s\n]\n' "$(item shop-api "$api_version" "$api" 2026-03-01 2028-03-01)"
  printf '[\n%s\n]\n' "$(item shop-signing "$signing_version" "$signing" 2026-05-01 2028-05-01)"
} >exports/vault.json

cat >deploy/template.json <<JSON
{
  "\$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "secrets": { "type": "array" },
    "packageUrl": { "type": "securestring" },
    "configurationUrl": { "type": "securestring" }
  },
  "resources": [
    {
      "type": "Microsoft.Compute/cloudServices",
      "apiVersion": "2022-09-04",
      "name": "contoso-shop",
      "location": "[resourceGroup().location]",
      "properties": {
        "packageUrl": "[parameters('packageUrl')]",
        "configurationUrl": "[parameters('configurationUrl')]",
        "upgradeMode": "Auto",
        "osProfile": {
          "secrets": "[parameters('secrets')]"
        }
      }
    }
  ]
}
JSON
cat >deploy/parameters.json <<JSON
{
  "\$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "secrets": {
      "value": [
        {
          "sourceVault": {
            "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/contoso-shop/providers/Microsoft.KeyVault/vaults/$vault"
          },
          "vaultCertificates": [
            { "certificateUrl": "https://$vault.vault.azure.net/secrets/shop-tls/$tls_old_version" },
            { "certificateUrl": "https://$vault.vault.azure.net/secrets/shop-api/$api_version" },
            { "certificateUrl": "https://$vault.vault.azure.net/secrets/shop-signing/$signing_version" }
          ]
        }
      ]
    }
  }
}
JSON
cat >ServiceConfiguration.Cloud.cscfg <<XML
<?xml version="1.0" encoding="utf-8"?>
<ServiceConfiguration serviceName="ContosoShop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration" osFamily="7" osVersion="*" schemaVersion="2015-04.2.6">
  <Role name="Shop.Web">
    <Instances count="2" />
    <ConfigurationSettings>
      <Setting name="Shop.Storage" value="DefaultEndpointsProtocol=https;AccountName=contososhop;AccountKey=bm90IGEgcmVhbCBrZXk=" />
    </ConfigurationSettings>
    <Certificates>
      <Certificate name="Tls" thumbprint="$tls_new" thumbprintAlgorithm="sha1" />
      <Certificate name="Api" thumbprint="$api" thumbprintAlgorithm="sha1" />
    </Certificates>
  </Role>
  <Role name="Shop.Worker">
    <Instances count="2" />
    <Certificates>
      <Certificate name="Signing" thumbprint="$mistyped" thumbprintAlgorithm="sha1" />
      <Certificate name="Partner" thumbprint="$partner" thumbprintAlgorithm="sha1" />
    </Certificates>
  </Role>
  <NetworkConfiguration>
    <VirtualNetworkSite name="contoso-shop-vnet" />
    <AddressAssignments>
      <InstanceAddress roleName="Shop.Web"><Subnets><Subnet name="web" /></Subnets></InstanceAddress>
      <InstanceAddress roleName="Shop.Worker"><Subnets><Subnet name="worker" /></Subnets></InstanceAddress>
    </AddressAssignments>
  </NetworkConfiguration>
</ServiceConfiguration>
XML
