"""Asks a list of known vulnerabilities about every package in `.venv/`: `make audit`.

pip-audit ends well, too, where the list did not answer for a single package. Ends with 0 where every package was looked
up and none is known to be vulnerable, with 1 where one is, and with 2 where some or all could not be looked up."""

import json
import subprocess
import sys

COMMAND = [sys.executable, "-m", "pip_audit", "--local", "--format", "json", "--progress-spinner", "off"]


def main() -> int:
    done = subprocess.run(COMMAND, capture_output=True, text=True, check=False)
    status, told = verdict(done.stdout, done.stderr)
    print(told)
    return status


def verdict(report: str, complaints: str) -> tuple[int, str]:
    """Returns the exit status and what to say. `report`: the JSON that pip-audit printed; `complaints`: its stderr."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        lines = complaints.strip().splitlines() or ["pip-audit printed nothing"]
        return 2, f"Audited nothing: no list of vulnerabilities answered ({lines[-1][:200]}). Run it where one can."
    audited = [one for one in packages if "vulns" in one]
    vulnerable = [
        f"{one['name']} {one['version']}: {fault['id']}, fixed in {', '.join(fault['fix_versions']) or 'none yet'}"
        for one in audited
        for fault in one["vulns"]
    ]
    told = [
        *vulnerable,
        f"{len(audited)} of {len(packages)} packages audited, {len(vulnerable)} vulnerabilities known.",
    ]
    if len(audited) < len(packages):
        left_out = ", ".join(one["name"] for one in packages if one not in audited)
        told.append(f"Audited nothing of: {left_out}." if audited else "Audited nothing: the list knows none of them.")
    return (1 if vulnerable else 2 if len(audited) < len(packages) else 0), "\n".join(told)


if __name__ == "__main__":
    sys.exit(main())
