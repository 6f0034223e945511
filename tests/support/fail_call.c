/* fail_call CALL ERRNO WHEN -- PROGRAM ARGUMENT...: runs the program with a system call of it that fails: its WHEN-th
 * one (from 1) after main has begun, or with WHEN+ that one and all after it; 0: none. ERRNO is a name; or SHORT: write
 * writes a byte; or that of a signal: then the call happens, and the program gets the signal in it. How many such calls
 * there were goes to descriptor 9, if that is open.
 *
 * A filter of seccomp's (Linux 5.5) hands the calls to this program, which lets them happen or answers them; no other
 * call is slower, and the program can be under a debugger or a sanitizer. Main's beginning is known by its taking care
 * of SIGXFSZ, the first thing that it does with a signal. The exit status is the program's. */
#define _GNU_SOURCE /* process_vm_readv */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct {
    const char *name;
    long number;
} CALLS[] = {
#define CALL(name)                                                                                                     \
    { #name, SYS_##name }
    CALL(clone3), CALL(close),      CALL(dup3),         CALL(execve),
    CALL(fchmod), CALL(fchown),     CALL(fcntl),        CALL(fdatasync),
    CALL(flock),  CALL(fstat),      CALL(fsync),        CALL(ftruncate),
    CALL(futex),  CALL(getdents64), CALL(getrandom),    CALL(ioctl),
    CALL(linkat), CALL(lseek),      CALL(madvise),      CALL(memfd_create),
    CALL(mmap),   CALL(mprotect),   CALL(munmap),       CALL(newfstatat),
    CALL(openat), CALL(pipe2),      CALL(pread64),      CALL(prlimit64),
    CALL(read),   CALL(renameat2),  CALL(rt_sigaction), CALL(sched_getaffinity),
    CALL(statx),  CALL(uname),      CALL(unlinkat),     CALL(write),
    CALL(writev),
#ifdef SYS_rename /* machines older than the *at calls */
    CALL(access), CALL(clone),      CALL(link),         CALL(mkdir),
    CALL(poll),   CALL(readlink),   CALL(rename),       CALL(unlink),
#else
    {"access", SYS_faccessat}, {"mkdir", SYS_mkdirat}, {"readlink", SYS_readlinkat}, {"rename", SYS_renameat},
    {"unlink", SYS_unlinkat},
#endif
};

enum { SHORT = -1, A_SIGNAL = -1000 }; /* and below that: less the signal's number */
static const struct {
    const char *name;
    int number;
} ERRORS[] = {
#define ERROR(name)                                                                                                    \
    { #name, name }
    ERROR(EACCES),   ERROR(EAGAIN),   ERROR(EBADF),    ERROR(EDQUOT),   ERROR(EINTR),    ERROR(EINVAL),
    ERROR(EIO),      ERROR(EMFILE),   ERROR(ENFILE),   ERROR(ENOENT),   ERROR(ENOLCK),   ERROR(ENOMEM),
    ERROR(ENOSPC),   ERROR(ENOSYS),   ERROR(EPERM),    ERROR(EROFS),    ERROR(EXDEV),    ERROR(SHORT),
#define SIGNAL(name)                                                                                                   \
    { #name, A_SIGNAL - name }
    SIGNAL(SIGABRT), SIGNAL(SIGALRM), SIGNAL(SIGHUP),  SIGNAL(SIGINT),  SIGNAL(SIGKILL), SIGNAL(SIGPIPE),
    SIGNAL(SIGQUIT), SIGNAL(SIGSEGV), SIGNAL(SIGTERM), SIGNAL(SIGUSR1), SIGNAL(SIGUSR2), SIGNAL(SIGXCPU),
    SIGNAL(SIGXFSZ),
};

static void die(const char *what) {
    fprintf(stderr, "fail_call: %s: %s\n", what, strerror(errno));
    exit(125);
}

static long call_of(const char *name) {
    for (size_t i = 0; i < sizeof CALLS / sizeof *CALLS; i++)
        if (strcmp(CALLS[i].name, name) == 0)
            return CALLS[i].number;
    errno = ENOSYS;
    die(name);
    return -1;
}

static int error_of(const char *name) {
    for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++)
        if (strcmp(ERRORS[i].name, name) == 0)
            return ERRORS[i].number;
    errno = EINVAL;
    die(name);
    return 0;
}

/* ---- the program's side ---- */

static int filter(long call) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 4, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_rt_sigaction, 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SIGXFSZ, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
    };
    struct sock_fprog program = {.len = sizeof code / sizeof *code, .filter = code};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        die("no_new_privs");
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

static struct msghdr letter(void *control, size_t size, struct iovec *byte) {
    return (struct msghdr){.msg_iov = byte, .msg_iovlen = 1, .msg_control = control, .msg_controllen = size};
}

/* sendmsg and the close of both may be what is filtered: the parent answers only once it has the descriptor. */
static void send_descriptor(int channel, int fd) {
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {.head = {.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))}};
    memcpy(CMSG_DATA(&control.head), &fd, sizeof fd);
    char byte = 0;
    struct iovec part = {&byte, 1};
    struct msghdr message = letter(&control, sizeof control.room, &part);
    if (sendmsg(channel, &message, 0) != 1)
        die("sendmsg");
}

static int receive_descriptor(int channel) {
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    char byte;
    struct iovec part = {&byte, 1};
    struct msghdr message = letter(&control, sizeof control.room, &part);
    int fd;
    if (recvmsg(channel, &message, MSG_CMSG_CLOEXEC) != 1 || message.msg_controllen == 0)
        die("recvmsg");
    memcpy(&fd, CMSG_DATA(&control.head), sizeof fd);
    return fd;
}

static void run(int channel, long call, char **command) {
    int listener = filter(call);
    if (listener < 0)
        die("seccomp");
    send_descriptor(channel, listener);
    fcntl(listener, F_SETFD, FD_CLOEXEC);
    fcntl(channel, F_SETFD, FD_CLOEXEC);
    execvp(command[0], command);
    die(command[0]);
}

/* ---- this program's ---- */

/* One byte of it; -1 if that cannot be done: then it happens as it is. */
static int64_t write_a_byte(const struct seccomp_data *data, pid_t pid) {
    int process = (int)syscall(SYS_pidfd_open, pid, 0);
    int fd = process < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, process, (int)data->args[0], 0);
    char byte;
    struct iovec here = {&byte, 1},
                 there = {(void *)(uintptr_t)data->args[1], 1}; /* NOLINT: an address of the other's */
    int64_t done = -1;
    if (fd >= 0 && data->args[2] > 1 && process_vm_readv(pid, &here, 1, &there, 1, 0) == 1)
        done = write(fd, &byte, 1);
    if (fd >= 0)
        close(fd);
    if (process >= 0)
        close(process);
    return done;
}

typedef struct Plan {
    long call;
    int error;
    long when;
    bool more; /* all after it too */
    pid_t child;
    bool begun;
    long seen;
} Plan;

static void answer(Plan *plan, int listener) {
    struct seccomp_notif asked;
    memset(&asked, 0, sizeof asked);
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) != 0)
        return; /* it has been killed meanwhile */
    struct seccomp_notif_resp reply = {.id = asked.id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
    bool marker = asked.data.nr == SYS_rt_sigaction && (int)asked.data.args[0] == SIGXFSZ;
    plan->begun = plan->begun || marker;
    bool wakes = asked.data.nr == SYS_futex && (asked.data.args[1] & 127) % 9 != 0; /* FUTEX_WAIT, FUTEX_WAIT_BITSET */
    if (plan->begun && !marker && !wakes && asked.data.nr == plan->call) {
        plan->seen++;
        bool now = plan->when > 0 && (plan->seen == plan->when || (plan->more && plan->seen > plan->when));
        int64_t done = now && plan->error == SHORT ? write_a_byte(&asked.data, (pid_t)asked.pid) : -1;
        if (now && plan->error <= A_SIGNAL) {
            kill(plan->child, A_SIGNAL - plan->error);
            plan->when = 0; /* the call that it interrupts comes once more */
        } else if (now && (plan->error != SHORT || done >= 0)) {
            reply.flags = 0;
            reply.error = plan->error == SHORT ? 0 : -plan->error;
            reply.val = plan->error == SHORT ? done : 0;
        }
    }
    ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &reply);
}

/* Until all of its processes have gone. */
static void serve(Plan *plan, int listener) {
    for (struct pollfd wait = {.fd = listener, .events = POLLIN}; poll(&wait, 1, -1) > 0 || errno == EINTR;) {
        if (wait.revents & POLLIN)
            answer(plan, listener);
        else if (wait.revents & POLLHUP)
            break;
    }
}

int main(int argc, char **argv) {
    int command = 1;
    while (command < argc && strcmp(argv[command], "--") != 0)
        command++;
    if (command != 4 || command + 1 >= argc) {
        fprintf(stderr, "fail_call CALL ERRNO WHEN[+] -- PROGRAM ARGUMENT...\n");
        return 125;
    }
    char *end;
    Plan plan = {.call = call_of(argv[1]), .error = error_of(argv[2]), .when = strtol(argv[3], &end, 10)};
    plan.more = *end == '+';
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        die("socketpair");
    pid_t child = fork();
    if (child == 0)
        run(ends[1], plan.call, argv + command + 1);
    plan.child = child;
    close(ends[1]);
    int listener = receive_descriptor(ends[0]);
    serve(&plan, listener);
    int how;
    while (waitpid(child, &how, 0) < 0)
        if (errno != EINTR)
            die("waitpid");
    char count[32];
    int length = snprintf(count, sizeof count, "%ld\n", plan.seen);
    (void)!write(9, count, (size_t)length);
    if (WIFSIGNALED(how)) {
        signal(WTERMSIG(how), SIG_DFL);
        raise(WTERMSIG(how));
        return 128 + WTERMSIG(how);
    }
    return WEXITSTATUS(how);
}
