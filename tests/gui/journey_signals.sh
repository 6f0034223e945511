# A display that dies, a kill and a hang-up as a picture is being written: nothing is lost, and what the kill leaves goes as the next
# window opens (signals.sh; tests/kill deep has 200 ends of all kinds).
exec bash "$(dirname "$0")/signals.sh" 3 1
