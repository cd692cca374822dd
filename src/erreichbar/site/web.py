"""The web process: ``python -m erreichbar.site.web DESCRIPTOR`` serves on a listening socket that it inherits."""

import sys

import uvicorn

from erreichbar.site.supervise import end_with_parent


def main(descriptor: int) -> None:
    end_with_parent()
    uvicorn.run(
        "erreichbar.site.asgi:application",
        fd=descriptor,
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=2,
        proxy_headers=False,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
