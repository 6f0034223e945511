# README.md's commands for many machines, as they stand there, with the real GNU parallel, Open MPI and Slurm: the parts,
# one behind the other, are the sweep's own bytes, and their table is its table. Slurm's daemons are this test's own, in
# its folder and on ports of their own.
set -u
root=$(cd "$(dirname "$0")/.." && pwd -P) || exit 1
here=$(mktemp -d /tmp/easyfirst-cluster-XXXXXX) || exit 1
daemons=()
end() {
    [ ${#daemons[@]} -eq 0 ] || kill "${daemons[@]}" 2>/dev/null
    wait
    rm -rf "$here"
}
trap end EXIT
cd "$here" || exit 1
export XDG_CONFIG_HOME=$here XDG_STATE_HOME=$here HOME=$here
PATH=$here/bin:$PATH:/usr/sbin
mkdir bin && ln -s "$EASYFIRST_BINARY" bin/easyfirst
failed=0
fail() {
    echo "failed: $*" >&2
    failed=1
}
for tool in parallel:parallel mpirun:openmpi-bin munged:munge slurmctld:slurm-wlm slurmd:slurm-wlm sbatch:slurm-wlm; do
    command -v "${tool%:*}" >/dev/null || fail "${tool%:*} is missing (Debian: ${tool#*:})"
done
[ $failed -eq 0 ] || exit 1

section=$(sed -n '/^### On many machines/,/^##* [^O]/{/^```sh/,/^```$/{/^```/d;p}}' "$root/README.md")
# documented CODE WORD: the line that begins with the word
documented() { grep "^$1 " <<<"$section" || fail "README.md has no line with $1"; }
eval "$(documented export)" # at the least it is one that the program takes
export GRID='--headless --samples 40 --epochs 2 --test 0.25 --sweep seeds=1..25,order=easy|all,hidden=|3'
easyfirst $GRID --trace whole.csv >whole.txt || exit 1

# check NAME: what the eight parts have left
check() {
    cat rows-[1-8].csv | cmp - whole.csv >&2 || fail "$1: the rows"
    eval "$(documented 'easyfirst $GRID --summarize' | sed 's/#.*//')" | cmp - whole.txt >&2 || fail "$1: the table"
    rm -f rows-* table-*
}

eval "$(documented parallel)" </dev/null >said 2>&1 || fail "parallel: $(cat said)"
check parallel

export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
export PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe # Open MPI 5
export HWLOC_COMPONENTS=-gl # which opens the displays that it finds, of other tests
eval "$(documented mpirun)" </dev/null >said 2>&1 || fail "mpirun: $(cat said)"
check mpirun

# ---- Slurm ----

mkdir state spool
head -c 1024 /dev/urandom >munge.key && chmod 600 munge.key && chmod 700 .
read -r control_port node_port < <(/usr/bin/python3 - <<'PORTS'
import socket
sockets = [socket.socket() for _ in range(2)]
for s in sockets:
    s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in sockets))
PORTS
)
cat >slurm.conf <<CONF
ClusterName=easyfirst
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$here/munge.socket
CredType=cred/munge
SlurmctldPort=$control_port
SlurmdPort=$node_port
StateSaveLocation=$here/state
SlurmdSpoolDir=$here/spool
SlurmctldPidFile=$here/slurmctld.pid
SlurmdPidFile=$here/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=1,default_queue_depth=100
ReturnToService=2
SlurmdParameters=config_overrides
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=8 RealMemory=100 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
# Without control groups, which a container may not have: newer ones must be told so.
case $(slurmd -V) in
*' '2[0-2].*) ;;
*' '23.*) echo CgroupPlugin=cgroup/v1 >cgroup.conf ;; # its v1 looks for none until something is to be held by them
*) echo CgroupPlugin=disabled >cgroup.conf ;;
esac
export SLURM_CONF=$here/slurm.conf
# started NAME COMMAND...: a daemon in the foreground of its own
started() {
    local name=$1
    shift
    "$@" >"$name.log" 2>&1 &
    daemons+=($!)
}
# Until a command succeeds, as long as the daemons live.
until_done() {
    local said tries=0
    until said=$("$@" 2>&1); do
        kill -0 "${daemons[@]}" 2>/dev/null && [ $((tries += 1)) -lt 300 ] || {
            tail -n 5 ./*.log >&2
            fail "$*: $said"
            return 1
        }
        sleep 0.05
    done
}
all_ended() { local jobs && jobs=$(squeue -h) && [ -z "$jobs" ]; }
idle() { [ "$(sinfo -h -o %t)" = idle ]; }
started munged munged -F -f -S "$here/munge.socket" --key-file="$here/munge.key" --pid-file="$here/munged.pid" \
    --seed-file="$here/munge.seed" --log-file="$here/munged.out"
until_done munge -S "$here/munge.socket" -n &&
    started slurmctld slurmctld -D -i &&
    started slurmd slurmd -D -N "$(hostname -s)" &&
    until_done idle &&
    {
        eval "$(documented sbatch)" </dev/null >said 2>&1 || fail "sbatch: $(cat said)"
        until_done all_ended && check sbatch
        [ $failed -eq 0 ] || tail -n 5 ./*.log slurm-*.out >&2
    }
exit $failed
