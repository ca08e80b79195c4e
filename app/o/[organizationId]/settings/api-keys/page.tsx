import { ApiKeysPage } from "@/components/settings/api-keys-page";
import { OnlyFor } from "@/components/settings/only-for";

export const metadata = { title: "API keys" };

export default function Page() {
  return (
    <OnlyFor permission="keys.manage">
      <ApiKeysPage />
    </OnlyFor>
  );
}
