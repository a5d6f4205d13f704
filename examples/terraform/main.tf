# Disks, a snapshot and a schedule on a Tidemark server. The server needs the names cbs.DOMAIN, tag.DOMAIN and
# cvm.DOMAIN: see ../README.md. The key comes from TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.

terraform {
  required_providers {
    tencentcloud = {
      source = "tencentcloudstack/tencentcloud"
    }
  }
}

variable "domain" {
  description = "The server's domain, with the port of its API."
  default     = "tidemark.internal:8780"
}

variable "protocol" {
  description = "HTTP, or HTTPS for a server with a certificate that this machine trusts."
  default     = "HTTP"
}

variable "region" {
  default = "ap-guangzhou"
}

variable "zone" {
  default = "ap-guangzhou-1"
}

variable "instance" {
  description = "The host that the disk belongs to; ins- and eight letters or digits."
  default     = "ins-00000001"
}

provider "tencentcloud" {
  region   = var.region
  domain   = var.domain
  protocol = var.protocol
}

resource "tencentcloud_cbs_storage" "pg" {
  storage_name      = "pg"
  storage_type      = "CLOUD_SSD"
  storage_size      = 20
  availability_zone = var.zone
  tags = {
    team = "db"
  }
}

resource "tencentcloud_cbs_storage_attachment" "pg" {
  storage_id  = tencentcloud_cbs_storage.pg.id
  instance_id = var.instance
}

resource "tencentcloud_cbs_snapshot" "first" {
  storage_id    = tencentcloud_cbs_storage.pg.id
  snapshot_name = "first"
}

resource "tencentcloud_cbs_snapshot_policy" "nightly" {
  snapshot_policy_name = "nightly"
  repeat_weekdays      = [0, 3]
  repeat_hours         = [2]
  retention_days       = 7
}

resource "tencentcloud_cbs_snapshot_policy_attachment" "nightly" {
  storage_id         = tencentcloud_cbs_storage.pg.id
  snapshot_policy_id = tencentcloud_cbs_snapshot_policy.nightly.id
}

data "tencentcloud_cbs_snapshots" "of_pg" {
  storage_id = tencentcloud_cbs_storage.pg.id
  depends_on = [tencentcloud_cbs_snapshot.first]
}

output "snapshots" {
  value = data.tencentcloud_cbs_snapshots.of_pg.snapshot_list[*].snapshot_id
}
