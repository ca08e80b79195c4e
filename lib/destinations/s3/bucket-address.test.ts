import { describe, expect, it } from "vitest";
import { bucketAddress } from "./bucket-address";

describe("a bucket's address", () => {
  it.each([
    [null, "eu-central-1", "aws"],
    [null, "cn-north-1", "aws-cn"],
    [null, "us-gov-west-1", "aws-us-gov"],
    ["https://s3.eu-central-1.amazonaws.com", "eu-central-1", "aws"],
    ["https://S3.AmazonAWS.com./", "us-east-1", "aws"],
    ["https://s3.cn-north-1.amazonaws.com.cn", "cn-north-1", "aws-cn"],
    ["https://amazonaws.com.example.com", "us-east-1", "https://amazonaws.com.example.com"],
    ["HTTPS://Minio.Example.com:443/path/", "us-east-1", "https://minio.example.com"],
    ["https://minio.example.com.", "us-east-1", "https://minio.example.com"],
    ["http://minio.example.com:80", "us-east-1", "http://minio.example.com"],
    ["http://minio.example.com:9000", "us-east-1", "http://minio.example.com:9000"],
    ["http://2130706433:9000", "us-east-1", "http://127.0.0.1:9000"],
    ["http://127.0.0.9:9000", "us-east-1", "http://127.0.0.1:9000"],
    ["http://LOCALHOST.:9000", "us-east-1", "http://127.0.0.1:9000"],
    ["http://minio.localhost:9000", "us-east-1", "http://127.0.0.1:9000"],
    ["http://[0:0:0:0:0:0:0:1]:9000", "us-east-1", "http://127.0.0.1:9000"],
    ["http://[::ffff:127.0.0.1]:9000", "us-east-1", "http://127.0.0.1:9000"],
    ["http://[::ffff:10.0.0.7]:9000", "us-east-1", "http://10.0.0.7:9000"],
    ["http://[2001:DB8:0:0::7]:9000", "us-east-1", "http://[2001:db8::7]:9000"],
    ["http://localhost.example.com", "us-east-1", "http://localhost.example.com"],
  ])("at %s in %s is that of %s", (endpoint, region, expected) => {
    expect(bucketAddress({ endpoint, region, bucket: "b" })).toEqual({ endpoint: expected, bucket: "b" });
  });
});
