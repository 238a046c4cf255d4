def compact(svg: str) -> str:
    return svg
