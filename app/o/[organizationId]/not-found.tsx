import { NoPage } from "@/components/app/no-page";

export default NoPage;
