/* A checksum of an array's bytes (FNV-1a, 64 bits), to compare it with what PyTorch, numpy or scikit-learn
 * gave for the same seed, without keeping their arrays. Of bytes as they lie in memory on a little-endian
 * machine. */
#ifndef EASYFIRST_GOLDEN_H
#define EASYFIRST_GOLDEN_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t checksum(const void *bytes, size_t size) {
    const unsigned char *b = bytes;
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ b[i]) * 0x100000001b3u;
    return hash;
}

#endif
