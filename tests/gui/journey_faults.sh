# Two windows whose system calls fail: files that are whole, no crash (faults.sh; tests/faults deep has 200 of all kinds).
exec bash "$(dirname "$0")/faults.sh" 2 0
